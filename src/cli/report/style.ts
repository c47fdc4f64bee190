/**
 * How pages look: light and dark, on paper, on a phone. No font, no picture, nothing from elsewhere. Folded steps are laid out where they are in sight: all of them take
 * twice as long. Were open ones, too, a link to one would open it and not lead there.
 */
export const style = `
:root{color-scheme:light dark;--back:#fff;--ink:#1f2328;--quiet:#57606a;--line:#d0d7de;--soft:#f6f8fa;--link:#0550ae;--good:#116329;--bad:#b0101a;--warn:#7d4e00;--read:#0969da;--cached:#9cc4f0;--written:#1a7f37;--ideal:#8250df;--add:#dafbe1;--cut:#ffebe9}
@media (prefers-color-scheme:dark){:root{--back:#0d1117;--ink:#e6edf3;--quiet:#9da7b3;--line:#30363d;--soft:#161b22;--link:#79c0ff;--good:#56d364;--bad:#ff8c85;--warn:#e3b341;--read:#388bfd;--cached:#1f4f8a;--written:#3fb950;--ideal:#d2a8ff;--add:#12361f;--cut:#4a1a1d}}
*{box-sizing:border-box}
html{scroll-padding-top:5rem}
body{margin:0 auto;max-width:76rem;padding:0 1rem 4rem;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:1.2rem 0 .4rem}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
h3{font-size:1rem;margin:.8rem 0 .3rem}
summary h3{display:inline;margin:0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--back);padding:.5rem;z-index:1}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;padding:0;margin:.6rem 0}
code,pre{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{background:var(--soft);padding:.1em .3em;border-radius:4px}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;overflow:auto;max-height:40rem;white-space:pre;overflow-wrap:normal}
pre code{padding:0;background:none}
.quiet,.about{color:var(--quiet)}
.completed,.passed>strong{color:var(--good)}.failed,.failed>strong{color:var(--bad)}.cancelled,.interrupted,.waiting,.unchecked>strong{color:var(--warn)}
.outcome{font-size:1.3rem;margin:.4rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.5rem 1.5rem;margin:1rem 0}
.facts dt{color:var(--quiet);font-size:.85rem}.facts dd{margin:0}
.wide{overflow-x:auto;max-width:100%;margin:.8rem 0}
table{border-collapse:collapse;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.2rem 0}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top;overflow-wrap:normal}
th[scope=row]{font-weight:500}thead th{background:var(--soft)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{border:1px solid var(--line);border-radius:6px;margin:.4rem 0;background:var(--back)}
summary{padding:.45rem .7rem;cursor:pointer}
.in{padding:.2rem .9rem .7rem;border-top:1px solid var(--line)}
details.step:not([open]){content-visibility:auto;contain-intrinsic-size:auto 2.6rem}
article{margin:.8rem 0}
.reply{border-left:3px solid var(--line);padding-left:.9rem}
.reply .h{font-weight:600;margin:.8rem 0 .2rem}
figure{margin:.8rem 0}figcaption{font-size:.85rem;color:var(--quiet)}
.became{border-left:3px solid var(--good);padding-left:.6rem}.became figcaption{color:var(--good);font-weight:600}
blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid var(--line);color:var(--quiet)}
ins{background:var(--add);text-decoration:none}del{background:var(--cut);text-decoration:none}
.graph{max-height:40rem;overflow:auto}.graph svg{max-width:none;display:block}
.box{fill:var(--soft);stroke:var(--quiet)}.box.completed{stroke:var(--good)}.box.failed{stroke:var(--bad);stroke-width:2.5}.box.skipped,.box.cancelled,.box.pending{stroke-dasharray:4 3}
.graph text{fill:var(--ink);font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}.graph .name{font-weight:700}.graph .about{fill:var(--quiet)}
.graph a:focus-visible .box{stroke:var(--link);stroke-width:3}
.way{fill:none;stroke:var(--quiet)}.tip{fill:var(--quiet)}
.lane{display:grid;grid-template-columns:minmax(7rem,14rem) 1fr;gap:.6rem;align-items:center;margin:.25rem 0;font-size:.9rem}
.ground{fill:var(--soft)}
.bar{fill:var(--read);stroke:var(--back)}.bar.failed{fill:var(--bad)}.bar.wait{fill:none;stroke:var(--quiet);stroke-dasharray:3 2}
.pause{stroke:var(--warn);stroke-dasharray:3 3}
rect.read{fill:var(--read)}rect.cached{fill:var(--cached)}rect.written{fill:var(--written)}line.ideal{stroke:var(--ideal);stroke-width:3}
.key{padding-left:.5rem;margin-right:.9rem;border-left:.9rem solid}.key.read{border-color:var(--read)}.key.cached{border-color:var(--cached)}.key.written{border-color:var(--written)}.key.ideal{border-left-width:.25rem;border-color:var(--ideal)}
.dots circle{fill:var(--read);fill-opacity:.75}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
@media (max-width:40rem){body{padding:0 .7rem 3rem}.lane{grid-template-columns:1fr;gap:.1rem}.sides{grid-template-columns:1fr}h1{font-size:1.35rem}}
@media print{:root{color-scheme:light}body{max-width:none;font-size:11px}nav,.skip{display:none}pre,.wide{max-height:none;overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}details{break-inside:auto}details.step:not([open]){content-visibility:visible}details::details-content{content-visibility:visible;display:block;height:auto}h2,h3,summary{break-after:avoid}}
`;
