/** Third stage: images and the job's one end into object storage. */
package io.surstream.sampler.store;
