package org.moxmail.dmarc.report;

/**
 * Gets a report as it is read. The schemas have metadata and policy before all rows, and reports mostly do; what comes is told in
 * the order of the report. Only when reading returns is it known that the report was whole.
 */
public interface AggregateReportVisitor {
    /** Who reports; once. */
    void metadata(ReportMetadata metadata);

    /** What is reported about; once. */
    void policy(PublishedPolicy policy);

    /** Some messages. */
    void row(ReportRow row);

    /**
     * Something in the report is not as it should be, and was left out or guessed. The first few of many.
     *
     * @param reason for a postmaster
     */
    default void fault(String reason) {}
}
