const language = `
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack Error
  EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math
  NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String SuppressedError Symbol SyntaxError Temporal
  TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly arguments decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape`;

/** Including keywords that the grammar treats as names. */
const servers = `
  AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey
  CustomEvent DOMException DecompressionStream ErrorEvent Event EventSource EventTarget File FormData Headers Navigator Request Response SubtleCrypto
  TextDecoder TextDecoderStream TextEncoder TextEncoderStream URL URLPattern URLSearchParams WebSocket atob btoa clearImmediate clearInterval
  clearTimeout console crypto fetch gc global navigator performance process queueMicrotask reportError setImmediate setInterval setTimeout
  structuredClone await yield Bun Deno Packages java importPackage print load quit`;

const browsers = `
  ActiveXObject Attr CDATASection CSS Cache CacheStorage CanvasGradient CanvasPattern CanvasRenderingContext2D CharacterData CloseWatcher Comment
  CookieStore CSSStyleSheet DOMError DOMImplementation DOMMatrix DOMParser DOMPoint DOMRect DOMRectReadOnly DOMStringMap DOMTokenList DataTransfer
  DataTransferItem Document DocumentFragment DocumentType Element ElementInternals FileList FileReader FileReaderSync FontFace Gamepad Geolocation
  Highlight History Image ImageBitmap ImageCapture ImageData Location MathMLElement MessageChannel MessageEvent MessagePort MutationRecord
  NamedNodeMap Node NodeFilter NodeIterator NodeList Notification OffscreenCanvas OffscreenCanvasRenderingContext2D Option Path2D Plugin
  ProcessingInstruction Range Report Sanitizer Screen Selection ShadowRoot StaticRange StyleSheet Text TextMetrics TimeRanges Touch TouchList
  TreeWalker TrustedHTML UIEvent ValidityState VideoDecoder VideoEncoder VideoFrame VisualViewport WakeLock Window Worker Worklet XMLDocument
  XMLHttpRequest XMLSerializer XPathEvaluator XPathResult XSLTProcessor XDomainRequest addEventListener alert applicationCache blur browser caches
  cancelAnimationFrame cancelIdleCallback chrome clients clientInformation close closed confirm cookieStore createImageBitmap customElements
  devicePixelRatio dispatchEvent document event external find focus frameElement frames getComputedStyle getSelection history importScripts
  indexedDB innerHeight innerWidth isSecureContext length localStorage location locationbar matchMedia menubar moveBy moveTo mozRequestAnimationFrame
  msRequestAnimationFrame name navigation onerror onload onmessage onhashchange onpopstate open opener opera origin outerHeight outerWidth
  pageXOffset pageYOffset parent personalbar postMessage prompt registerProcessor registration removeEventListener requestAnimationFrame
  requestIdleCallback resizeBy resizeTo scheduler screen screenLeft screenTop screenX screenY scroll scrollBy scrollTo scrollX scrollY scrollbars self
  sessionStorage showOpenFilePicker showSaveFilePicker skipWaiting speechSynthesis status statusbar stop toolbar top trustedTypes visualViewport
  webkitRequestAnimationFrame webkitURL window currentFrame currentTime sampleRate`;

/** Names that test runners, loaders and build tools define. */
const tools = `
  __DEV__ __dirname __filename __non_webpack_require__ __resourceQuery __webpack_hash__ __webpack_modules__ __webpack_public_path__
  __webpack_require__ after afterAll afterEach assert before beforeAll beforeEach bench chai context cy Cypress define describe exports expect
  expectTypeOf fail fdescribe fit it jasmine jest mocha module pending QUnit require run setup should sinon specify spyOn suite suiteSetup
  suiteTeardown System teardown test vi vitest xdescribe xit React JSX webpackJsonp inject asyncTest ok equal deepEqual strictEqual $0 page
  definePageMeta artifacts contract extensionId goog HAS_MODULE`;

/** Libraries that a page loads with a separate tag. */
const pageLibraries = `$ $$ jQuery _ angular Vue ReactDOM Backbone Ember Handlebars Mustache d3 L THREE Chart moment dayjs axios io Alpine htmx bootstrap
  Swal toastr lodash math marked hljs Prism katex MathJax mermaid p5 PIXI Phaser gsap anime google FB twttr ga gtag dataLayer Stripe paypal firebase
  Papa XLSX jspdf jsPDF html2canvas QRCode Plotly echarts Highcharts tippy Sortable Swiper monaco ace CodeMirror tinymce CKEDITOR Babel`;

const words = (text: string): string[] => text.trim().split(/\s+/);

const known: ReadonlySet<string> = new Set([language, servers, browsers, tools].flatMap(words));
const inPages: ReadonlySet<string> = new Set(words(pageLibraries));

/** The large families of browser interfaces. */
const families =
  /^(?:HTML|SVG|CSS|RTC|IDB|GPU|XR|DOM|USB|HID|MIDI|NDEF|Animation|Audio|Background|Bluetooth|Clipboard|Credential|File(?:System|Reader)|Font|Gamepad|Gravity|Idle|Image|Intersection|Media|Mutation|Payment|Performance|Periodic|Permission|Picture|Presentation|Push|Readable|Resize|Sensor|Serial|Service|Shared|Speech|Storage|Task|Text|Transform|Wake|Web|Window|Writable)[A-Z]\w*$|^[A-Z]\w+Event$/;

/** Names that CommonJS defines. Files that are ECMAScript modules by their name have none of them. */
const ofCommonJs: ReadonlySet<string> = new Set(['__dirname', '__filename', 'exports', 'module', 'require']);

export type JavaScriptKind =
  /** An ECMAScript module by its name. */
  | 'strict module'
  /** It imports, exports or requires something. */
  | 'module'
  /** Neither: a page may load it together with others, whose names it sees. */
  | 'script';

/** Whether a name may exist without a declaration. In doubt it does: nobody knows whether the file runs in a browser, a server or a test runner. */
export function isJavaScriptGlobal(name: string, kind: JavaScriptKind): boolean {
  if (kind === 'strict module' && ofCommonJs.has(name)) return false;
  // Build tools replace such names by values.
  if (/^__[A-Z][A-Z0-9_]*__$/.test(name)) return true;
  return known.has(name) || families.test(name) || (kind === 'script' && inPages.has(name));
}
