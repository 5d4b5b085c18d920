package org.moxmail.server.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MboxQuotingTest {
    private static String quote(String message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MboxQuoting quoting = new MboxQuoting(out);
        quoting.write(message.getBytes(StandardCharsets.ISO_8859_1));
        quoting.end();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\\r\\n|a\\n\\n",
                "a|a\\n\\n",
                "From x\\r\\n|>From x\\n\\n",
                ">>From x\\r\\n|>>>From x\\n\\n",
                ">x\\r\\n|>x\\n\\n",
                "From|From\\n\\n",
                "Fromage\\r\\n|Fromage\\n\\n",
                "a From x\\r\\n|a From x\\n\\n",
                "\\r\\nFrom \\r\\n|\\n>From \\n\\n",
            })
    void linesThatLookLikeAMessagesFirstAreQuoted(String message, String expected) throws IOException {
        assertEquals(
                expected.replace("\\n", "\n"),
                quote(message.replace("\\r", "\r").replace("\\n", "\n")));
    }

    @Property
    void unquotingGivesTheLinesBack(
            @ForAll
                    @StringLength(max = 60)
                    @Chars({'F', 'r', 'o', 'm', ' ', '>', '\n'})
                    @CharRange(from = 'a', to = 'b')
                    String text)
            throws IOException {
        String quoted = quote(text.replace("\n", "\r\n"));
        String unquoted = quoted.replaceAll("(?m)^>(>*From )", "$1");
        String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        assertEquals(whole + "\n", unquoted);
        assertEquals(false, quoted.lines().anyMatch(line -> line.startsWith("From ")));
    }
}
