package org.moxmail.server.submission;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.moxmail.dns.DnsName;
import org.moxmail.server.delivery.Delivery;
import org.moxmail.server.directory.Directory;
import org.moxmail.server.failures.RequestedFailures;

/** What all submissions of a service work with. */
record Submissions(
        DnsName host,
        Directory directory,
        Delivery delivery,
        RequestedFailures failures,
        InstantSource clock,
        SecureRandom random) {}
