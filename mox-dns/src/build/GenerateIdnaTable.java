import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * Writes idna.bin, the table that org.moxmail.dns.IdnaTable reads, from the Unicode data in ICU4J. Not part of the build:
 *
 * <pre>java -cp icu4j-72.1.jar mox-dns/src/build/GenerateIdnaTable.java mox-dns/src/main/resources/org/moxmail/dns/idna.bin</pre>
 *
 * ICU4J 72.1 has Unicode 15.0, which is also what JDK 21 normalises with and the version of the test file.
 */
final class GenerateIdnaTable {
    static final int LAST = 0x10FFFF;
    static final int VALID = 0;
    static final int DISALLOWED = 1;
    static final int IGNORED = 2;
    static final int SHIFTED = 3;
    static final int MAPPED = 4;

    final Normalizer2 uts46 = Normalizer2.getInstance(null, "uts46", Normalizer2.Mode.COMPOSE);
    final StringBuilder pool = new StringBuilder();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(bytes);

    public static void main(String[] arguments) throws IOException {
        new GenerateIdnaTable().write(Path.of(arguments[0]));
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream mapping = mappings();
        out.writeByte(UCharacter.getUnicodeVersion().getMajor());
        out.writeByte(UCharacter.getUnicodeVersion().getMinor());
        byte[] text = pool.toString().getBytes(StandardCharsets.UTF_8);
        varint(out, text.length);
        out.write(text);
        mapping.writeTo(out);
        ranges(cp -> UCharacter.getCombiningClass(cp) == 9 ? 1 : 0);
        ranges(GenerateIdnaTable::joining);
        Files.write(file, bytes.toByteArray());
        System.out.println(bytes.size() + " octets, pool " + pool.length() + " chars");
    }

    /** 0 other, 1 dual joining, 2 left joining, 3 right joining, 4 transparent. */
    static int joining(int cp) {
        return switch (UCharacter.getIntPropertyValue(cp, UProperty.JOINING_TYPE)) {
            case UCharacter.JoiningType.DUAL_JOINING -> 1;
            case UCharacter.JoiningType.LEFT_JOINING -> 2;
            case UCharacter.JoiningType.RIGHT_JOINING -> 3;
            case UCharacter.JoiningType.TRANSPARENT -> 4;
            default -> 0;
        };
    }

    /** Runs of one kind: length of the run, kind, and for shifted ones the distance, for mapped ones where in the pool. */
    ByteArrayOutputStream mappings() throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        DataOutputStream runs = new DataOutputStream(result);
        int count = 0;
        for (int cp = 0; cp <= LAST; ) {
            String to = mapping(cp);
            int kind = kind(cp, to);
            int end = cp + 1;
            while (end <= LAST && kind != MAPPED && kind(end, mapping(end)) == kind && sameShift(cp, end, kind)) {
                end++;
            }
            varint(runs, end - cp);
            varint(runs, kind);
            if (kind == SHIFTED) {
                int shift = to.codePointAt(0) - cp;
                varint(runs, shift << 1 ^ shift >> 31);
            } else if (kind == MAPPED) {
                int at = pool.indexOf(to);
                if (at < 0) {
                    at = pool.length();
                    pool.append(to);
                }
                varint(runs, at);
                varint(runs, to.length());
            }
            count++;
            cp = end;
        }
        ByteArrayOutputStream counted = new ByteArrayOutputStream();
        varint(new DataOutputStream(counted), count);
        result.writeTo(counted);
        return counted;
    }

    boolean sameShift(int first, int other, int kind) {
        return kind != SHIFTED
                || mapping(first).codePointAt(0) - first == mapping(other).codePointAt(0) - other;
    }

    static int kind(int cp, String to) {
        if (to == null) {
            return DISALLOWED;
        }
        if (to.isEmpty()) {
            return IGNORED;
        }
        if (to.codePointCount(0, to.length()) > 1) {
            return MAPPED;
        }
        return to.codePointAt(0) == cp ? VALID : SHIFTED;
    }

    /** Null for disallowed. UTS 46 §4 with UseSTD3ASCIIRules: of ASCII only letters, digits, hyphen and the dot remain. */
    String mapping(int cp) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            return null;
        }
        String to = uts46.normalize(Character.toString(cp));
        boolean std3 = to.chars().allMatch(c -> c >= 0x80
                ? c != 0xFFFD && c != 0x2260 && c != 0x226E && c != 0x226F
                : c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.');
        return std3 ? to : null;
    }

    void ranges(IntUnaryOperator property) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        DataOutputStream runs = new DataOutputStream(result);
        int count = 0;
        for (int cp = 0; cp <= LAST; ) {
            int value = property.applyAsInt(cp);
            int end = cp + 1;
            while (end <= LAST && property.applyAsInt(end) == value) {
                end++;
            }
            varint(runs, end - cp);
            varint(runs, value);
            count++;
            cp = end;
        }
        varint(out, count);
        result.writeTo(out);
    }

    static void varint(DataOutputStream to, int value) throws IOException {
        int rest = value;
        while (rest >>> 7 != 0) {
            to.writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        to.writeByte(rest);
    }
}
