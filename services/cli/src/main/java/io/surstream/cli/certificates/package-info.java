/** {@code surstream certificates}: a private authority in a folder, and certificates of services and their callers. */
package io.surstream.cli.certificates;
