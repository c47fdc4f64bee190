import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** Lays text out on boards of a fixed width. */
public class Main {
    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        int width = Integer.parseInt(input.readLine().trim());
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.isBlank()) {
                if (!words.isEmpty()) {
                    paragraphs.add(words);
                    words = new ArrayList<>();
                }
                continue;
            }
            words.addAll(List.of(line.trim().split("\\s+")));
        }
        if (!words.isEmpty()) {
            paragraphs.add(words);
        }
        for (int place = 0; place < paragraphs.size(); place++) {
            if (place > 0) {
                board("", width);
            }
            print(paragraphs.get(place), width);
        }
    }

    private static void print(List<String> words, int width) {
        List<List<String>> boards = boards(words, width);
        for (int place = 0; place < boards.size(); place++) {
            List<String> onBoard = boards.get(place);
            boolean last = place == boards.size() - 1;
            board(last || onBoard.size() == 1 ? String.join(" ", onBoard) : spread(onBoard, width), width);
        }
    }

    private static List<List<String>> boards(List<String> words, int width) {
        List<List<String>> boards = new ArrayList<>();
        List<String> current = new ArrayList<>();
        for (String word : words) {
            if (word.length() > width || length(current) + (current.isEmpty() ? 0 : 1) + word.length() > width) {
                if (!current.isEmpty()) {
                    boards.add(current);
                }
                current = new ArrayList<>();
                while (word.length() > width) {
                    boards.add(List.of(word.substring(0, width)));
                    word = word.substring(width);
                }
            }
            current.add(word);
        }
        boards.add(current);
        return boards;
    }

    private static int length(List<String> words) {
        return String.join(" ", words).length();
    }

    private static String spread(List<String> words, int width) {
        int gaps = words.size() - 1;
        int spaces = width - String.join("", words).length();
        StringBuilder text = new StringBuilder(words.get(0));
        for (int gap = 0; gap < gaps; gap++) {
            boolean wider = gap >= gaps - spaces % gaps;
            text.append(" ".repeat(spaces / gaps + (wider ? 1 : 0))).append(words.get(gap + 1));
        }
        return text.toString();
    }

    private static void board(String text, int width) {
        System.out.println("|" + text + " ".repeat(width - text.length()) + "|");
    }
}
