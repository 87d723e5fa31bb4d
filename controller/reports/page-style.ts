/** Light and dark by what the reader's system asks for; colours as variables, read by charts too. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de; --panel: #f6f8fa;
  --blue: #0b63a5; --orange: #c4510a; --green: #0a7f5a; --red: #b3261e; --grey: #6e7781;
  --purple: #7a3fb0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --ink: #e6edf3; --soft: #9da7b1; --rule: #30363d; --panel: #1a2027;
    --blue: #62b0f2; --orange: #f2994a; --green: #3ecf9b; --red: #ff8a80; --grey: #8b949e;
    --purple: #c9a2ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 60rem; }
.verdict { border-left: 4px solid var(--blue); background: var(--panel); padding: .5rem 1rem; }
.verdict p:first-child { font-size: 1.15rem; font-weight: 600; }
.caution { border-left: 4px solid var(--orange); padding-left: .75rem; }
a { color: var(--blue); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .75rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
th, td { padding: .3rem .65rem; border-bottom: 1px solid var(--rule); text-align: right;
  white-space: nowrap; }
th:first-child { text-align: left; }
tr > :first-child { position: sticky; left: 0; background: var(--page); }
thead th { color: var(--soft); font-weight: 600; white-space: normal; vertical-align: bottom; }
tbody th { font-weight: 500; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1.25rem; margin: .75rem 0; }
dt { font-weight: 600; }
dd { margin: 0; max-width: 48rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .5rem; }
  tbody th:first-child { white-space: normal; min-width: 8rem; }
  th, td { padding: .3rem .4rem; }
}
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--blue); }
figure { margin: .75rem 0 1.5rem; }
figcaption { color: var(--soft); max-width: 60rem; }
.chart { width: 100%; }
.zoom { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .4rem; }
.zoom button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--panel);
  border: 1px solid var(--rule); border-radius: .3rem; padding: .15rem .6rem; cursor: pointer; }
.zoom button:hover { border-color: var(--blue); }
.u-legend { text-align: left; }
.u-legend th { font-weight: 500; }
.u-legend tr, .u-legend th, .u-legend td { border: 0; }
`
