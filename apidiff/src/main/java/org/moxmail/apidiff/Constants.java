package org.moxmail.apidiff;

import java.lang.constant.ConstantDesc;
import java.util.HexFormat;

/** The value of a compile-time constant as Java writes it, on one line and in ASCII. */
final class Constants {
    private Constants() {}

    static String print(ConstantDesc value, String type) {
        if (value instanceof String text) {
            return quoted(text, '"');
        }
        // To the Java machine these are int.
        if (value instanceof Integer number && type.equals("boolean")) {
            return number == 0 ? "false" : "true";
        }
        if (value instanceof Integer number && type.equals("char")) {
            return quoted(Character.toString(number), '\'');
        }
        String suffix = value instanceof Long ? "L" : value instanceof Float ? "f" : "";
        return value + suffix;
    }

    private static String quoted(String text, char mark) {
        StringBuilder quoted = new StringBuilder().append(mark);
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c == mark) {
                        quoted.append('\\').append(mark);
                    } else if (c < ' ' || c > '~') {
                        quoted.append("\\u").append(HexFormat.of().toHexDigits((char) c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append(mark).toString();
    }
}
