package org.moxmail.message.dsn;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.moxmail.message.HeaderField;
import org.moxmail.message.MessageDate;

/** Writes a group of fields, and says what can't be written. */
final class DsnFields {
    private final boolean utf8;
    private final StringBuilder fields = new StringBuilder();

    DsnFields(boolean utf8) {
        this.utf8 = utf8;
    }

    static void requireValue(String value, String name) {
        DsnText.requireText(value, name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an empty " + name);
        }
    }

    static @Nullable OffsetDateTime wholeSeconds(@Nullable OffsetDateTime date) {
        if (date == null) {
            return null;
        }
        if (date.getYear() < 0 || date.getYear() > 9999 || date.getOffset().getTotalSeconds() % 60 != 0) {
            throw new IllegalArgumentException("a date that can't be written: " + date);
        }
        return date.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Extensions aren't fields that the standards know. */
    static void requireForeign(List<DsnField> extensions, Set<String> known) {
        for (DsnField field : extensions) {
            if (known.contains(field.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("no extension: " + field.name());
            }
        }
    }

    void text(String name, @Nullable String value) {
        if (value != null) {
            fields.append(HeaderField.folded(name, value).print());
        }
    }

    void address(String name, @Nullable DsnAddress address) {
        text(name, address == null ? null : address.print(utf8));
    }

    void mta(String name, @Nullable MtaName mta) {
        text(name, mta == null ? null : mta.print(utf8));
    }

    void date(String name, @Nullable OffsetDateTime date) {
        text(name, date == null ? null : MessageDate.print(date));
    }

    void extensions(List<DsnField> extensions) {
        extensions.forEach(field -> text(field.name(), field.value()));
    }

    String print() {
        return fields.toString();
    }
}
