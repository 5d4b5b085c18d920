import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.StringPrep;
import com.ibm.icu.text.StringPrepParseException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/**
 * Writes preparation.bin, the table that org.moxmail.sasl.PreparationTable reads, from the Unicode data in ICU4J. Not part of
 * the build:
 *
 * <pre>java -cp icu4j-72.1.jar mox-sasl/src/build/GeneratePreparationTable.java \
 *     mox-sasl/src/main/resources/org/moxmail/sasl/preparation.bin</pre>
 */
final class GeneratePreparationTable {
    static final int LAST = 0x10FFFF;
    static final StringPrep SASLPREP = StringPrep.getInstance(StringPrep.RFC4013_SASLPREP);

    public static void main(String[] arguments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        ranges(out, GeneratePreparationTable::saslprep);
        ranges(out, cp -> UCharacter.getCombiningClass(cp) == 9 ? 1 : 0);
        ranges(out, GeneratePreparationTable::joining);
        Files.write(Path.of(arguments[0]), bytes.toByteArray());
        System.out.println(bytes.size() + " octets");
    }

    /** 0 allowed, 1 mapped to nothing, 2 mapped to a space, 3 prohibited, 4 unassigned in Unicode 3.2. */
    static int saslprep(int cp) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            return 3;
        }
        try {
            String prepared = SASLPREP.prepare(Character.toString(cp), StringPrep.DEFAULT);
            if (prepared.isEmpty()) {
                return 1;
            }
            return prepared.equals(" ") && cp != ' ' ? 2 : 0;
        } catch (StringPrepParseException e) {
            return switch (e.getError()) {
                case StringPrepParseException.PROHIBITED_ERROR -> 3;
                case StringPrepParseException.UNASSIGNED_ERROR -> 4;
                // Decomposes into a right-to-left letter and a mark; the rule of directions is for strings.
                case StringPrepParseException.CHECK_BIDI_ERROR -> 0;
                default -> throw new IllegalStateException(Integer.toHexString(cp), e);
            };
        }
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

    /** Runs of one value: length of the run, value. */
    static void ranges(DataOutputStream out, IntUnaryOperator property) throws IOException {
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
