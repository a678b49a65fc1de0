// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_SHEET_ERRORS(X) \
  X(limit_exceeded, 413, "{0}超过上限：{1}，上限为 {2}；请拆分文件或删去多余内容后再导入", \
    "{3}: {1} is over the limit of {2}; split the file or delete what is not needed") \
  X(format_unknown, 415, "这不是 xlsx 工作簿，也不是 csv 文本，请用 WPS 或 Excel 另存为 .xlsx 后再导入", \
    "this is neither an xlsx workbook nor csv text; save it as .xlsx first") \
  X(secrecy_mark, 422, "文件带有国家秘密标志，已拒收，内容未保存：请立即停止传输，并向本单位保密机构报告", \
    "the file bears the mark of a state secret; it was refused and nothing of it was kept: stop the transfer at once " \
    "and report it to the secrecy office of your unit") \
  X(format_other, 415, "这是{0}，不是 xlsx 工作簿，请在 WPS 或 Excel 中打开，另存为 .xlsx 后再导入", \
    "this is {1}, no xlsx workbook; open it in a spreadsheet program and save it as .xlsx first") \
  X(format_old_xls, 415, "这是旧版 .xls 或加了打开密码的工作簿，请取消密码并另存为 .xlsx 后再导入", \
    "this is an old .xls or a workbook with a password; remove the password and save it as .xlsx") \
  X(file_empty, 422, "文件是空的，请检查是否选错了文件", "the file is empty; was another one meant?") \
  X(archive_damaged, 422, "工作簿的压缩包已损坏（{0}），请在 WPS 或 Excel 中打开后重新保存", \
    "the workbook's zip archive is damaged ({0}); open it in a spreadsheet program and save it again") \
  X(archive_encrypted, 415, "工作簿中的“{0}”加了密码，请取消密码后再导入", \
    "'{0}' inside the workbook is encrypted; remove the password") \
  X(archive_path, 422, "工作簿中有不安全的路径名“{0}”，文件已拒收", \
    "the workbook holds the unsafe path name '{0}' and was refused") \
  X(archive_duplicate, 422, "工作簿中“{0}”出现两次，请重新保存后再导入", \
    "the workbook holds '{0}' twice; save it again") \
  X(part_missing, 422, "工作簿缺少“{0}”，请在 WPS 或 Excel 中打开后重新保存", \
    "the workbook lacks '{0}'; open it in a spreadsheet program and save it again") \
  X(xml_malformed, 422, "工作簿内部文件“{0}”有误（第 {1} 行：{2}），请重新保存后再导入", \
    "'{0}' inside the workbook is malformed (line {1}: {2}); save it again") \
  X(xml_doctype, 422, "工作簿内部文件“{0}”带有 DTD 或实体声明，文件已拒收", \
    "'{0}' inside the workbook declares a DTD or entities and was refused") \
  X(cell_reference, 422, "单元格地址“{0}”有误", "'{0}' is no cell address") \
  X(cell_value, 422, "单元格内容“{0}”与其类型不符，请重新填写该单元格", \
    "the value '{0}' does not fit the cell's type; type it again") \
  X(no_sheets, 422, "工作簿中没有工作表", "the workbook has no sheet") \
  X(text_encoding, 422, "文字编码既不是 UTF-8 也不是 GB18030（第 {0} 字节处无法识别），请另存为 UTF-8", \
    "the text is neither UTF-8 nor GB18030 (byte {0}); save it as UTF-8") \
  X(text_nul, 422, "文本中含有空字符（NUL），不是正常的 csv，请重新导出", \
    "the text holds a NUL byte and is no csv; export it again") \
  X(text_control, 422, "文本中有不可见的控制字符 {0}，请删去后再导入", \
    "the text holds the invisible control character {0}; delete it") \
  X(cell_control, 422, "单元格中有不可见的控制字符 {0}，请重新填写该单元格", \
    "the cell holds the invisible control character {0}; type it again") \
  X(csv_quote_open, 422, "引号没有成对：从这一行开始的单元格直到文件末尾没有结束引号", \
    "a quoted cell that starts here never ends") \
  X(csv_quote_stray, 422, "引号后面还有文字，单元格内的引号应写两遍", \
    "text follows a closing quote; write a quote inside a cell twice") \
  X(writer_failed, 500, "生成工作簿失败：{0}", "the workbook could not be written: {0}") \
  /* Notes: nothing is refused, but the reader is told. */ \
  X(note_long_number, 200, "“{0}”是超过 15 位的数字，表格软件已丢失后几位；编码请按文本填写", \
    "'{0}' is a number of more than 15 digits and has lost some; type codes as text") \
  X(note_not_a_date, 200, "数字 {0} 设了日期格式但不是日期，按数字读入", \
    "the number {0} has a date format but is no date; it is read as a number") \
  X(note_time_dropped, 200, "日期后面的时刻已略去：{0}", "the time of day was left out: {0}") \
  X(note_formula_empty, 200, "公式没有计算结果，按空白读入；请在表格软件中打开并保存一次", \
    "the formula has no stored result and reads as blank; open and save the file once") \
  X(note_cell_error, 200, "单元格显示错误值 {0}", "the cell shows the error {0}") \
  X(note_other_row, 200, "单元格写在第 {0} 行里，按它自己的地址读入", \
    "the cell stands in row {0} of the file and is read at its own address") \
  X(note_covered, 200, "合并单元格 {0} 盖住的旧内容不显示，没有读入", \
    "the merged cell {0} covers an old value here; it is not shown and was left out") \
  X(note_picture, 200, "单元格里是图片，没有读入", "the cell holds a picture, which is not read") \
  X(note_encoding, 200, "文件按 {0} 编码读入", "the file was read as {0}") \
  X(note_separator, 200, "列与列之间是{0}，不是逗号", "the columns are separated by {1}, not by commas") \
  X(note_more, 200, "另有 {0} 处类似提示未列出", "{0} more notes like these are not listed")

namespace gangmu::sheet {
GANGMU_DEFINE_ERRORS(sheet, GANGMU_SHEET_ERRORS)
}   // namespace gangmu::sheet
