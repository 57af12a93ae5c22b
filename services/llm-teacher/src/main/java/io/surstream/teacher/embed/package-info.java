/** Second stage: what the language model makes of prompts, computed once each. */
package io.surstream.teacher.embed;
