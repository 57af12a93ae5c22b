/** The settings of image-sampler. */
package io.surstream.sampler.config;
