// demo/build.ts
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

// src/chart/palette.ts
var palette = [
  "#2e43c0",
  "#dd7825",
  "#197c5e",
  "#86237c",
  "#3e93ee",
  "#cc361a",
  "#542213",
  "#926ba7",
  "#1b2059",
  "#809b7e"
];
var darkPalette = [
  "#3d7efd",
  "#f8b21b",
  "#89fded",
  "#bb31b5",
  "#ceb8ff",
  "#ce1f1a",
  "#d97841",
  "#9099a2",
  "#5c6f63",
  "#f1f37b"
];
var mixed = (colour, towards, share) => `#${[1, 3, 5].map((k) => Math.round(Number.parseInt(colour.slice(k, k + 2), 16) * (1 - share) + towards * share)).map((value) => value.toString(16).padStart(2, "0")).join("")}`;
var inkShare = 0.3;

// src/chart/report/style.ts
var slots = palette.map((_, slot) => slot);
var colours = slots.map(
  (n) => `--c${n}:light-dark(${palette[n]},${darkPalette[n]});--i${n}:light-dark(${mixed(palette[n], 0, inkShare)},${mixed(darkPalette[n], 255, 0.35)});`
).join("");
var chartStyle = `:root{${colours}--paper:light-dark(#ffffff,#16181d);--ink:light-dark(#222222,#e8e8e6);--quiet:light-dark(#5f5f5c,#a5a5a1);--line:light-dark(#d2d2ce,#3a3d44);--lane:light-dark(#f4f4f2,#1f2228);--accent:light-dark(#1f5fae,#8ab8f5)}
svg .paper{fill:var(--paper)}svg .ink{fill:var(--ink)}svg .quiet{fill:var(--quiet)}svg .rule{stroke:var(--line)}svg .ruleInk{stroke:var(--ink)}svg .grid{stroke:var(--line)}svg .lane{fill:var(--lane)}
svg .box{fill:light-dark(#ececea,#2a2d34);stroke:light-dark(#c9c9c5,#484c55)}svg .neutral{fill:light-dark(#a3a3a0,#77777a)}svg .unknown{fill:light-dark(#e2e2df,#3a3d44)}svg .halo{stroke:var(--paper)}svg .tie{stroke:light-dark(#80807d,#8d9097)}
svg .length{fill:light-dark(#3e6c9e,#6f9fd3)}svg .spoken{fill:light-dark(#b3602a,#d98a52)}svg .flag{fill:light-dark(#c1121f,#ff6b6b)}svg .cause-start,svg .cause-chapter{stroke:var(--quiet);fill:var(--quiet)}svg .cause-marker{stroke:var(--i3);fill:var(--i3)}svg .cause-inferred{stroke:var(--i2);fill:var(--i2)}
${slots.map((n) => `svg .f${n}{fill:var(--c${n})}svg .s${n}{stroke:var(--c${n})}svg .t${n}{fill:var(--i${n})}svg .tint1.f${n}{fill:color-mix(in srgb,var(--c${n}),var(--paper) 50%)}svg .tint2.f${n}{fill:color-mix(in srgb,var(--c${n}),var(--paper) 85%)}`).join("")}
svg a:hover .hit,svg a:focus .hit,svg .hit:hover{fill:var(--accent);fill-opacity:.16}svg a:hover g{opacity:.7}`;
var heightClasses = { count: 48, least: 40, growth: 1.15 };
var readerStyle = `.reader{font:1.06rem/1.65 Georgia,'Times New Roman',serif;max-width:54rem}
.block{padding-left:12.5rem;content-visibility:auto}
.reader p,.reader h3{margin:0 0 .9em;white-space:pre-line;overflow-wrap:anywhere;unicode-bidi:isolate}
.reader h3{font:700 1.3rem/1.3 Georgia,serif;margin-top:2rem}.reader .break{text-align:center;color:var(--quiet)}.reader .note{color:var(--quiet);font-style:italic}
.mark{float:left;clear:left;width:11.3rem;margin:.1rem 0 .6rem -12.5rem;font:.76rem/1.35 Helvetica,Arial,sans-serif;color:var(--quiet);border-top:2px solid var(--line);padding-top:.25rem;overflow-wrap:anywhere}
.mark h4{font-size:.8rem;margin:0;color:var(--ink)}.mark.shift{border-top-style:dotted}.mark.hop{border-top-color:light-dark(#c1121f,#ff6b6b)}
.m{border-bottom:2px solid var(--line)}.nom{border-bottom-style:dashed}.pron{border-bottom-style:dotted}
.q{background:light-dark(#f6f3ea,#22252c);border-radius:3px}.q::before{content:attr(data-who);font:600 .62em Helvetica,Arial,sans-serif;vertical-align:.5em;margin:0 .3em 0 .1em;color:var(--quiet)}
${slots.map((n) => `.m${n}{border-bottom-color:var(--c${n})}.q${n}::before{color:var(--i${n})}.n${n}{color:var(--i${n})}.b${n}{background:var(--c${n})}`).join("")}
${Array.from({ length: heightClasses.count }, (_, k) => `.h${k}{contain-intrinsic-height:auto ${Math.round(heightClasses.least * heightClasses.growth ** k)}px}`).join("")}
.scene:target .mark h4,tr:target th{background:light-dark(#fff1c2,#4a4220)}.scene{scroll-margin-top:3.6rem}
.dim .m:not(.lit){border-bottom-color:transparent}.dim .lit{background:light-dark(#fff1c2,#4a4220)}
@media (max-width:52rem){.block{padding-left:0}.mark{float:none;width:auto;margin:1rem 0 .5rem}}
@media print{.block{content-visibility:visible}}`;
var reportStyle = `:root{color-scheme:light dark}:root.light{color-scheme:light}:root.dark{color-scheme:dark}
${chartStyle}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 Helvetica,Arial,sans-serif}
a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem;z-index:3}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);padding:.5rem 1.2rem;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;align-items:center}
nav button{margin-left:auto}button{font:inherit;color:inherit;background:var(--lane);border:1px solid var(--line);border-radius:5px;padding:.1rem .6rem;cursor:pointer}
main,header,footer{max-width:74rem;margin:0 auto;padding:0 1.2rem}section{scroll-margin-top:3.4rem}
h1{font-size:1.9rem;line-height:1.2;margin:1.6rem 0 .3rem;overflow-wrap:anywhere;unicode-bidi:isolate}h2{font-size:1.35rem;margin:2.4rem 0 .7rem;border-bottom:1px solid var(--line)}
.facts{color:var(--quiet);margin:.2rem 0}.scroll{overflow-x:auto}figure{margin:1.2rem 0;border:1px solid var(--line);border-radius:8px;padding:.6rem}figcaption{color:var(--quiet);font-size:.85rem}
figure svg{display:block}table{border-collapse:collapse;font-size:.88rem;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere;unicode-bidi:isolate}
th[scope=row]{min-width:8rem}td.number,th.number{text-align:right;white-space:nowrap;overflow-wrap:normal}tr{scroll-margin-top:3.4rem}.swatch{display:inline-block;width:.8em;height:.8em;border-radius:50%;margin-right:.4em;background:var(--line)}
th .quiet,th button{font-weight:400}.quiet{color:var(--quiet)}.hopcell{color:light-dark(#a30f1a,#ff8a8a);font-weight:600}
${readerStyle}
@media print{:root,:root.dark{color-scheme:light}nav,.skip{display:none}body{font-size:10pt}figure{break-inside:avoid;border:0;padding:0}figure svg{max-width:100%;height:auto}tr{break-inside:avoid}.q{background:none}#text{break-before:page}}`;

// demo/build.ts
var out = "demo/dist";
var emptyMachine = JSON.stringify([JSON.stringify([100, 0, { 0: {} }, {}, {}, {}])]);
var withoutUnusedModels = {
  name: "without-unused-models",
  setup({ onLoad }) {
    onLoad({ filter: /eng-(sa|ner)-model\.json$/ }, () => ({ contents: emptyMachine, loader: "json" }));
  }
};
var withCorpus = {
  name: "with-corpus",
  setup({ onLoad }) {
    onLoad({ filter: /demo\/stories\.ts$/ }, () => {
      const names = readdirSync("corpus").filter((name) => name.endsWith(".txt"));
      const entries = names.map(
        (name) => `${JSON.stringify(name.slice(0, -4))}: () => import(${JSON.stringify(resolve("corpus", name))})`
      );
      return { contents: `export const stories = {${entries.join(",")}}`, loader: "js", resolveDir: resolve("demo") };
    });
  }
};
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: ["demo/app.ts", "demo/worker.ts"],
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  loader: { ".txt": "text" },
  outdir: out,
  plugins: [withoutUnusedModels, withCorpus]
});
cpSync("demo/index.html", join(out, "index.html"));
writeFileSync(join(out, "style.css"), `${reportStyle}
${readFileSync("demo/style.css", "utf8")}`);
var sizes = readdirSync(out).map((name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length);
process.stdout.write(`${out}: ${sizes.length} files, ${Math.round(sizes.reduce((a, b) => a + b, 0) / 1024)} kB gzipped in all
`);
