#!/usr/bin/env bash
# tutorial.sh PROGRAM: the commands of docs/tutorial.md, run as written, and what they must answer.
set -euo pipefail
export LANG=en
cd "$(dirname "$0")/../.."
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack=programmes/tutorial

says() {  # says <text> <command…>: the command succeeds and its answer holds the text
  local wanted=$1 answer
  shift
  answer=$("$@" 2>&1) || { echo "failed: $*"; echo "$answer"; exit 1; }
  grep -qF -- "$wanted" <<<"$answer" || { echo "no '$wanted' in the answer of: $*"; echo "$answer"; exit 1; }
}

says "no faults" "$program" lint "$pack"
says "new store" "$program" init --data "$work/data" "$pack"
says "loaded" "$program" load --data "$work/data" --yes "$pack"
says "nothing to load" "$program" load --data "$work/data" --yes "$pack"
"$program" rollup --places "$pack/places.csv" --indicators "$pack/indicators.csv" --values "$pack/observations.csv" --out "$work/figures"
# docs/tutorial.md, chapter 3: four towns and the city, six units expected, five reported
for row in 990901100000,V-INC,2024,57.95 990901101000,V-INC,2024,19.80 990902100000,V-INC,2024,26.10 990902101000,V-INC,2024,14.05 \
           990900000000,V-INC,2024,117.90,5,6; do
  grep -q "^$row" "$work/figures/rollup.csv" || { echo "rollup.csv lacks $row"; cat "$work/figures/rollup.csv"; exit 1; }
done
"$program" rollup --places "$pack/places.csv" --indicators "$pack/indicators.csv" --values "$pack/observations.csv" --level town --out "$work/towns"
"$program" score --scheme "$pack/schemes/towns.yaml" --values "$work/towns/rollup.csv" --indicators "$pack/indicators.csv" --period 2024 --out "$work/scores"
[[ $(wc -l <"$work/scores/ranks.csv") == 5 ]]   # a head and four towns
"$program" score --scheme "$pack/schemes/towns.yaml" --values "$work/towns/rollup.csv" --indicators "$pack/indicators.csv" --period 2024 | cmp - "$work/scores/ranks.csv"
# docs/assessments.md, chapter 10
example=docs/examples/assessment
"$program" score --scheme $example/scheme.json --places $example/places.csv --values $example/values.csv --period 2023 \
  --uncertainty 200 --sensitivity 32 --lift 1 --seed 1 --out "$work/example"
cmp $example/ranks.csv "$work/example/ranks.csv"
for table in weights prepared normalised coherence sampling scores contributions grades edges intervals duels sensitivity lift; do [[ -s $work/example/$table.csv ]]; done
says "files" "$program" export --data "$work/data" --programme tutorial "$work/out"
says "no faults" "$program" lint "$work/out"
says "well" "$program" doctor --data "$work/data"
says "tables marked" "$program" backup --data "$work/data" --keys "$work/keys" "$work/backup"
says "drill passed" "$program" restore --drill --keys "$work/keys" "$work/backup"
"$program" audit head --data "$work/data" >"$work/heads.txt"
says "epoch 2 begins" "$program" restore --data "$work/restored" --keys "$work/keys" "$work/backup"
says "known heads met" "$program" audit verify --data "$work/restored" --head "$work/heads.txt"

# A corrected figure: a row with the next revision is taken, a number typed over is not, and what to do is said.
cp -r "$pack" "$work/corrected" && echo '990901100201,V-INC,2024,37.20,B2,,2,' >>"$work/corrected/observations.csv"
says "to load: 1 objects, 1 figures" "$program" load --data "$work/data" --yes "$work/corrected"
cp -r "$pack" "$work/typed_over" && sed -i 's/^990901100201,V-INC,2024,36.20,/990901100201,V-INC,2024,38.20,/' "$work/typed_over/observations.csv"
code=0
answer=$("$program" load --data "$work/data" --yes "$work/typed_over" 2>&1) || code=$?
[[ $code == 1 && $answer == *"add a row with the next revision"* ]] || { echo "typed over: exit $code: $answer"; exit 1; }

# A wrong file: named by line, nothing loaded, exit 1.
cp -r "$pack" "$work/bad" && sed -i '2s/,2023,/,2023M02,/' "$work/bad/observations.csv"
code=0
answer=$(LANG=en "$program" load --data "$work/data" --yes "$work/bad" 2>&1) || code=$?
[[ $code == 1 && $answer == *"observations.csv:2: '2023M02' is no period"* ]] || { echo "wrong file: exit $code: $answer"; exit 1; }
echo "docs/tutorial.md runs as written"
