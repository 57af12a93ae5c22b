/** Fourth stage: outcomes and progress as events. */
package io.surstream.sampler.publish;
