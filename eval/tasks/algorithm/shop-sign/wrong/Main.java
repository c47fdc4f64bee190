import java.util.*;

public class Main {
    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int width = Integer.parseInt(scanner.nextLine().trim());
        StringBuilder paragraph = new StringBuilder();
        boolean first = true;
        while (scanner.hasNextLine()) {
            String line = scanner.nextLine();
            if (line.trim().isEmpty()) {
                if (!first) {
                    System.out.println("|" + " ".repeat(width) + "|");
                }
                layout(paragraph.toString(), width);
                paragraph.setLength(0);
                first = false;
            } else {
                paragraph.append(line).append(" ");
            }
        }
        if (paragraph.length() > 0) {
            if (!first) {
                System.out.println("|" + " ".repeat(width) + "|");
            }
            layout(paragraph.toString(), width);
        }
    }

    static void layout(String text, int width) {
        String[] words = text.trim().split("\\s+");
        List<String> line = new ArrayList<>();
        int length = 0;
        for (String word : words) {
            if (length + line.size() + word.length() > width) {
                printLine(line, length, width);
                line.clear();
                length = 0;
            }
            line.add(word);
            length += word.length();
        }
        String last = String.join(" ", line);
        System.out.println("|" + String.format("%-" + width + "s", last) + "|");
    }

    static void printLine(List<String> line, int length, int width) {
        if (line.size() == 1) {
            System.out.println("|" + String.format("%-" + width + "s", line.get(0)) + "|");
            return;
        }
        int gaps = line.size() - 1;
        int spaces = width - length;
        StringBuilder sb = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            sb.append(line.get(i));
            if (i < gaps) {
                int count = spaces / gaps + (i < spaces % gaps ? 1 : 0);
                sb.append(" ".repeat(count));
            }
        }
        System.out.println("|" + sb + "|");
    }
}
