package org.moxmail.store;

/** Is told how far long work has come: often, from the thread that works, which it should not keep for long. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (step, done) -> {};

    /**
     * So much is done.
     *
     * @param step what is being done, for people
     * @param done rows or messages since the step began
     */
    void at(String step, long done);
}
