/** Certificates and the TLS contexts that serve with them. */
@NullMarked
package org.moxmail.server.tls;

import org.jspecify.annotations.NullMarked;
