/** The store: bucket, lifecycle rules, expiry of images, and what each service's account may do there. */
package io.surstream.platformsetup.store;
