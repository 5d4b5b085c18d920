package org.moxmail.dmarc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON whose shape is known; what isn't there fails the test. */
public record Tree(Object value) {
    public Tree at(String key) {
        return new Tree(Objects.requireNonNull(((Map<?, ?>) value).get(key), key));
    }

    /** A string, or a number or null as text. */
    public String text(String key) {
        return (String) at(key).value;
    }

    public List<Tree> elements() {
        return ((List<?>) value)
                .stream().map(each -> new Tree(Objects.requireNonNull(each))).toList();
    }

    public List<Tree> elements(String key) {
        return at(key).elements();
    }

    public List<String> texts() {
        return elements().stream().map(each -> (String) each.value).toList();
    }

    public List<String> texts(String key) {
        return at(key).texts();
    }

    public Map<String, Tree> members(String key) {
        Map<String, Tree> members = new LinkedHashMap<>();
        ((Map<?, ?>) at(key).value).forEach((name, member) -> members.put((String) name, new Tree(member)));
        return members;
    }
}
