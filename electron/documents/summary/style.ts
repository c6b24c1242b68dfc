import { Html } from './html';

/** The summary's styles, for screen and paper. System fonts keep the page self-contained and small. */
export const style = new Html(`
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1000px; color: #1b1f26; background: #fff;
  font: 13px/1.5 Vazirmatn, Inter, "Segoe UI", "Noto Sans Arabic", "Noto Naskh Arabic", Tahoma, "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body:lang(fa) { line-height: 1.75; }
h1 { font-size: 20px; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 24px 0 4px; border-bottom: 2px solid #1b1f26; padding-bottom: 2px; break-after: avoid; }
h3 { font-size: 13px; margin: 16px 0 4px; break-after: avoid; }
.site { color: #5b6470; font-weight: 500; margin-inline-end: 6px; }
.url { color: #5b6470; font-weight: 400; margin-inline-start: 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dt { color: #5b6470; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: start; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #d9dde3; overflow-wrap: anywhere; }
thead th { color: #5b6470; font-weight: 500; background: #f4f5f7; }
tbody th { font-weight: 600; }
.before th:first-child { width: 28%; }
.after th:nth-child(1) { width: 22%; } .after th:nth-child(2) { width: 20%; } .after th:nth-child(4) { width: 20%; }
ul { margin: 0; padding: 0; list-style: none; }
p { margin: 2px 0; }
.label { color: #5b6470; margin-inline-end: 4px; }
.value { display: inline-block; max-width: 100%; vertical-align: top; white-space: pre-wrap; }
.arrow { color: #5b6470; }
em { color: #5b6470; }
.more { margin-top: 6px; font-weight: 600; }
.when { font-size: 12px; color: #3b434f; }
.tally span { margin-inline-end: 16px; font-weight: 600; }
.applied strong, .tally .applied { color: #1f7a3a; }
.rejected strong, .side-effect strong, .tally .rejected, .tally .side-effect { color: #c22b2b; }
.unknown strong, .tally .unknown { color: #9a5b00; }
.aside { margin-top: 8px; color: #5b6470; font-size: 12px; }
@media print { body { padding: 0; max-width: none; font-size: 11px; } .when { font-size: 10px; } }
`);
