import { extname } from 'node:path';

/** Endings of files that hold no text for a reader: pictures, sounds, archives, programs, data. */
const binary = new Set(
  [
    'png jpg jpeg gif webp avif bmp ico icns tif tiff psd xcf heic',
    'mp3 mp4 m4a wav ogg flac avi mov mkv webm',
    'zip gz tgz bz2 xz zst 7z rar tar jar war whl egg deb rpm apk dmg iso',
    'exe dll so dylib a lib o obj bin class pyc pyo pyd wasm node',
    'pdf doc docx xls xlsx ppt pptx odt ods odp',
    'ttf otf woff woff2 eot',
    'db sqlite sqlite3 mdb parquet npy npz pkl pickle onnx gguf safetensors pt pth h5',
  ]
    .join(' ')
    .split(' '),
);

/** Whether a file's name says that it is not text. */
export function isBinaryName(path: string): boolean {
  return binary.has(extname(path).slice(1).toLowerCase());
}
