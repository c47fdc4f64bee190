/** Words in a line above a block that say what the block is, in the languages in which models answer most. */
interface Announcement {
  words: RegExp;
  /** For writing systems without spaces between words. */
  signs: RegExp;
}

/** A whole file. */
const file: Announcement = {
  words:
    /(?<![\p{L}\p{N}_])(?:creat(?:e|ed|es|ing)|sav(?:e|ed|ing)|writ(?:e|ten|ing)|named|called|contents?|complete|full|entire|whole|new file|put this in|place this in|goes (?:in|into)|here(?:'s|’s| is| are| comes)|below is|following|updated?|implement(?:s|ed|ation)?|looks? like|datei|erstell\p{L}*|inhalt|vollständige?|fichier|voici|cr[ée]\p{L}*|contenu|archivo|aquí|crea\p{L}*|contenido|arquivo|aqui|conteúdo|файл|созда\p{L}*|содержим\p{L}*|ecco|contenuto|bestand|plik\p{L}*|utwórz|treści|dosya\p{L}*|oluştur\p{L}*|içeri\p{L}*|final|revised|corrected|version|maak|inhoud|створ\p{L}*|вміст\p{L}*|файлу?|skapa|filen|innehåll\p{L}*|vytvoř\p{L}*|soubor\p{L}*|obsah\p{L}*|tạo|tệp|nội dung|buat\p{L}*|berkas|luo|tiedosto\p{L}*)(?![\p{L}\p{N}])/iu,
  signs: /文件|创建|新建|保存|内容|代码|完整|ファイル|作成|コード|파일|코드|फ़ाइल|बना|ملف|أنشئ|محتوى|קובץ|ไฟล์/,
};

/** A piece of a file, which is not a file of its own. */
const piece: Announcement = {
  words:
    /(?<![\p{L}\p{N}_])(?:replac(?:e|es|ing)|find|search|snippets?|lines?|sections?|part|parts|excerpts?|import|imports|insert|append|remove|delete|chang(?:e|es|ing)|modif(?:y|ies|ying)|add(?:s|ing)? (?:this|the|these|a|an)\b.{0,60}\bto|zeilen?|ersetz\p{L}*|ausschnitt|ligne|remplac\p{L}*|extrait|línea|reemplaz\p{L}*|строк\p{L}*|замени\p{L}*)(?![\p{L}\p{N}])/iu,
  signs: /替换|片段|行を|置き換え/,
};

/** How the files are used, or what they print. */
const use: Announcement = {
  words:
    /(?<![\p{L}\p{N}_])(?:usage|us(?:e|es|ed|ing)\b(?! (?:the following|this) (?:code|content)|d? for)|examples?|e\.g\.|run|runs|running|execut\p{L}*|outputs?|prints?|printed|result|results|call(?:s|ing)?|test it|invok\p{L}*|should see|responses?|beispiel\p{L}*|ausgabe|aufruf\p{L}*|ausführ\p{L}*|verwendung|exemples?|sortie|utilis\p{L}*|exécut\p{L}*|lancer|ejemplos?|salida|uso|ejecut\p{L}*|exemplos?|saída|execut\p{L}*|пример\p{L}*|вывод|запус\p{L}*|использ\p{L}*|esempi\p{L}*)(?![\p{L}\p{N}])/iu,
  signs: /示例|例如|输出|运行|用法|使用|例:|例えば|出力|実行|使い方|예시|출력|실행/,
};

const replacesAll =
  /\b(?:replac(?:e|es|ing)|chang(?:e|es|ing)|modif(?:y|ies)|remplac\w*|ersetz\w*)\b.{0,40}\b(?:contents?|everything|entire|whole|full|contenu|inhalt)\b/iu;
const longest = 300;

function says({ words, signs }: Announcement, line: string): boolean {
  return words.test(line) || signs.test(line);
}

/** Whether a line announces a file as a whole. */
export function announcesFile(line: string): boolean {
  return line.length <= longest && says(file, line);
}

/** Whether a line announces only a piece of a file. If it replaces all of the content, it is the file. */
export function announcesPiece(line: string): boolean {
  return line.length <= longest && says(piece, line) && !replacesAll.test(line);
}

/** Whether a line announces how something is used, or what it prints. */
export function announcesUse(line: string): boolean {
  return line.length <= longest && says(use, line);
}
