/** What an import has done so far, in object storage, so that an interrupted one continues. */
package io.surstream.curator.journal;
