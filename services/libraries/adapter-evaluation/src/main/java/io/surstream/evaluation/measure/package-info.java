/** Second stage: what each image gets right, and what it shows about quality. */
package io.surstream.evaluation.measure;
