/**
 * What mail with DMARC reports (RFC 9990, RFC 7489) and TLS reports (RFC 8460) has in common: names of files, subjects, URIs of
 * where reports go, bounds for what is read. For mox-dmarc and mox-tlsrpt, whose types stand for these; exported to them only,
 * and free to change. For any threads, but the streams.
 */
@NullMarked
package org.moxmail.message.report;

import org.jspecify.annotations.NullMarked;
