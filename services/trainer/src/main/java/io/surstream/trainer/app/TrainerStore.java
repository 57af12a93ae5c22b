package io.surstream.trainer.app;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The store that the trainer closes; others in the same process have their own. */
@Qualifier @Retention(RetentionPolicy.RUNTIME)
@Target({METHOD, PARAMETER, FIELD})
@interface TrainerStore {}
