/** Options that several commands share, one concern each. */
package io.surstream.cli.option;
