/** How much a network may ask of us: connections, their rate, failed logins. */
@NullMarked
package org.moxmail.server.limits;

import org.jspecify.annotations.NullMarked;
