import { words, languageExtensions } from './languages.ts';

/** Files that are recognised by their whole name. */
export const knownFileNames: ReadonlySet<string> = new Set(
  words(
    'Dockerfile Containerfile Makefile GNUmakefile Justfile justfile Rakefile Gemfile Procfile Vagrantfile Jenkinsfile Brewfile',
    'Pipfile Caddyfile Tiltfile Fastfile Appfile Podfile Cartfile Earthfile Snakefile SConstruct SConscript Kconfig gradlew mvnw',
    'artisan go.mod go.sum go.work LICENSE LICENCE COPYING NOTICE AUTHORS README CHANGELOG CONTRIBUTING CODEOWNERS VERSION CNAME',
  ),
);

/** Extensions that make a word without a folder a file name; others (`array.map`, `app.use`) are more likely code. */
export const knownExtensions: ReadonlySet<string> = new Set([
  ...languageExtensions,
  ...words(
    'adoc asc avsc bazel bzl cnf config crt csproj cson dat desktop dockerfile dockerignore editorconfig ejs erb eslintrc example',
    'fsproj gemspec gitignore handlebars hbs heex hurl ico ics iml inc ipynb jade jar key lock markdown mk mustache njk patch pem',
    'plist po postcss ps1 pub pug pyi pyx rego robot sample service sln sol spec styl template tfstate',
    'tmpl tpl tsv txt twig vbproj vcxproj vim vsix wasm wat webmanifest wsdl xaml xhtml xlf plantuml puml drawio',
    'gv cls sty bib lean v sv vhd vhdl asm s cu ino',
  ),
]);

/** Products and members of objects that look like file names, spelled as people write them. */
export const notFileNames: ReadonlySet<string> = new Set([
  ...words(
    'Node Next Vue Nuxt React Express Three D3 Chart Nest Ember Backbone Alpine Moment Discord Fastify Svelte Angular Preact Solid Koa Hapi',
    'Sails Meteor Knockout Polymer Underscore Anime p5 P5 Phaser Pixi Babylon Matter Leaflet Plotly Fabric Konva Howler Tone Electron Gatsby',
    'Remix Redux Handlebars Mustache Day Luxon Passport Sequelize Mongoose Knex Objection TensorFlow Brain Hono Stimulus Lit Mithril Riot',
    'Inferno Aurelia Feathers Adonis Strapi Parse Web3 Ethers Typed Swiper Popper Prism Highlight Marked Showdown Quill Reveal Impress Mermaid',
    'Require RequireJS System Underscore Lodash Bull Video Paper Zepto Deno Bun Ionic Vuex Pinia Nitro Elysia Ghost Keystone Loopback LoopBack',
  ).map((product) => `${product}.js`),
  ...words('Socket.io Socket.IO ASP.NET VB.NET ADO.NET ML.NET ML5.js Deck.gl Draw.io Crates.io Fly.io Normalize.css Animate.css Pure.css'),
  ...words('process.env import.meta.env console.log Math.log e.g i.e'),
]);

/** Folders in which files without an extension are common. */
export const foldersOfPrograms: ReadonlySet<string> = new Set(['bin', 'sbin', 'scripts', 'script', 'hooks', 'debian']);

/** The first part of an absolute path; `/users` is more likely the address of a service. */
export const systemFolders: ReadonlySet<string> = new Set(
  words('etc usr var tmp home root opt bin sbin lib dev proc sys mnt srv boot run Users'),
);
