package org.moxmail.dns;

/**
 * Looks records up in the DNS. The one way in which this suite asks it, so that a zone in memory can answer instead.
 *
 * <p>Implementations follow CNAMEs, RFC 1034 §3.6.2, bound their time, and are safe for use by any number of threads.
 */
public interface Resolver {
    /**
     * Asks for the records of a type at a name. Trouble is an answer ({@link Answer.Failed}), never an exception.
     *
     * @throws InterruptedException when the calling thread is interrupted while it waits
     */
    <R> Answer<R> lookup(DnsName name, RecordType<R> type) throws InterruptedException;
}
