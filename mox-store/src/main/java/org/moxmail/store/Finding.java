package org.moxmail.store;

/**
 * Something that isn't as it should be.
 *
 * @param rule that it breaks
 * @param text what it is, for people
 */
public record Finding(Rule rule, String text) {
    @Override
    public String toString() {
        return rule.title() + ": " + text;
    }
}
