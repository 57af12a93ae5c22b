/** Objects in an S3 store (images, models, checkpoints) behind a small interface that checks what it reads. */
package io.surstream.storage;
