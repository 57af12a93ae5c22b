/** The settings of evaluator. */
package io.surstream.evaluator.config;
