/**
 * Share-group workers: one record at a time, for as long as it takes. Services use {@link ShareWorker}, {@link ShareHandler}, {@link ShareSettings}, {@link AcquisitionLock} and
 * {@link AcquisitionLockLostException}; the rest is public only for this module's other packages and platform-setup.
 */
package io.surstream.streaming.share;
