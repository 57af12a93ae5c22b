/** What an import has done so far, in object storage, so that an interrupted one goes on. */
package io.surstream.curator.journal;
