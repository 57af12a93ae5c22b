/** {@code surstream certificates}: an authority of one's own in a folder, and certificates of services and their callers. */
package io.surstream.cli.certificates;
