/** What a run keeps in object storage, and how it waits for a store that is away. */
package io.surstream.trainer.store;
