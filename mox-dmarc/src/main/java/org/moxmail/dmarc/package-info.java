/** DMARC, RFC 9989 with RFC 9990 and 9991, and RFC 7489: records, evaluation, reports. */
@NullMarked
package org.moxmail.dmarc;

import org.jspecify.annotations.NullMarked;
