/** Topics and objects into files and back. */
package io.surstream.platformsetup.backup;
