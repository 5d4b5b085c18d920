/** Who somebody is: passwords and what is derived from them, SASL exchanges, limits on guessing. */
@NullMarked
package org.moxmail.server.auth;

import org.jspecify.annotations.NullMarked;
