import { words } from './words.ts';
import { languageExtensions } from './languages.ts';

/** Files that are known by their whole name. */
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
export const notFileNames: ReadonlySet<string> = new Set(
  words(
    'Node.js Next.js Vue.js Nuxt.js React.js Express.js Three.js D3.js Chart.js Nest.js Ember.js Backbone.js Alpine.js Moment.js',
    'Discord.js Socket.io ASP.NET process.env import.meta.env console.log Math.log e.g i.e',
  ),
);

/** Folders in which files without an extension are usual. */
export const foldersOfPrograms: ReadonlySet<string> = new Set(['bin', 'sbin', 'scripts', 'script', 'hooks', 'debian']);

/** What an absolute path begins with; `/users` is more likely an address of a service. */
export const systemFolders: ReadonlySet<string> = new Set(
  words('etc usr var tmp home root opt bin sbin lib dev proc sys mnt srv boot run Users'),
);
