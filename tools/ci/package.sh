#!/usr/bin/env bash
# package.sh DEB [--bare]: the first steps of docs/install.md with the package's own settings, and the server's answer. With --bare
# it is installed on a bare Debian 12 (as root, with debootstrap), else only unpacked.
set -euo pipefail
deb=$(realpath "$1")
bare=false
if [[ "${2:-}" == --bare ]] && ((EUID == 0)) && command -v debootstrap >/dev/null; then
  bare=true
  [[ -n "${in_own_mounts:-}" ]] || exec env in_own_mounts=1 unshare -m "$0" "$deb" --bare
fi
work=$(mktemp -d)
server=
finish() {
  [[ -z "$server" ]] || { kill "$server"; wait "$server" || true; } 2>/dev/null
  for mounted in proc dev; do umount -l "$work/root/$mounted" 2>/dev/null || true; done
  rm -rf --one-file-system "$work"
}
trap finish EXIT
root=$work/root

install_on_bare_debian() {
  debootstrap --variant=minbase bookworm "$root" >"$work/debootstrap.log" || { tail "$work/debootstrap.log"; exit 1; }
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  cp /etc/apt/apt.conf.d/*prox* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true   # where the machine goes out through one
  cp "$deb" "$root/gangmu.deb"
  chroot "$root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /gangmu.deb' >"$work/apt.log" 2>&1 ||
    { tail "$work/apt.log"; exit 1; }
  sed -i 's/^GANGMU_SERVE_PORT=.*/GANGMU_SERVE_PORT=0/' "$root/etc/gangmu/gangmu.env"
}

installed() { exec chroot "$root" gangmu-admin "$@"; }
unpacked() {
  set -a
  . "$root/etc/gangmu/gangmu.env"
  GANGMU_DATA=$work/data GANGMU_BACKUP_OUT=$work/backup GANGMU_SERVE_PORT=0
  set +a
  exec "$root/usr/bin/gangmu" "$@"
}

if $bare; then
  install_on_bare_debian
  run=installed packs=/usr/share/gangmu/programmes
else
  dpkg-deb -x "$deb" "$root"
  run=unpacked packs=$root/usr/share/gangmu/programmes
fi
($run init "$packs/tutorial")
($run load --yes "$packs/tutorial")
($run account create --programme tutorial --login clerk --name clerk)
($run backup)
# Units are read as systemd reads them, and what the nightly proof runs is run.
if command -v systemd-analyze >/dev/null; then
  sed -i "s|=/usr/bin/gangmu|=$root/usr/bin/gangmu|" "$root"/lib/systemd/system/gangmu*.service
  SYSTEMD_UNIT_PATH=$root/lib/systemd/system: systemd-analyze verify --man=no "$root"/lib/systemd/system/gangmu*.{service,timer}
fi
($run doctor)
($run serve) >"$work/serve.log" 2>&1 &
server=$!
for _ in $(seq 60); do
  address=$(grep -om1 'http://127[^ ]*' "$work/serve.log") && break
  kill -0 "$server" 2>/dev/null || { cat "$work/serve.log"; exit 1; }
  sleep 0.5
done
curl -fsS "${address}api/v1/health" | grep '"status":"ok"'
[[ $(curl -s -o /dev/null -w '%{http_code}' "${address}api/v1/tutorial/tasks") == 401 ]]   # there are accounts: nobody reads unsigned
curl -fsS "$address" | grep -q '<script'                                                    # the pages are in the program
echo "package: $(basename "$deb"), $run"
