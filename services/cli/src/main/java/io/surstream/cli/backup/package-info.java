/** Backup of an installation into a folder, and the way back. */
package io.surstream.cli.backup;
