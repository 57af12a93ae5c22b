/** The adapters command: what was published and evaluated, promotion, rollback, import. */
package io.surstream.cli.adapters;
