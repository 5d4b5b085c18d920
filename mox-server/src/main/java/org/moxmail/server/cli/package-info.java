/** The command line: one class per subcommand. Nothing else uses this package. */
@NullMarked
package org.moxmail.server.cli;

import org.jspecify.annotations.NullMarked;
