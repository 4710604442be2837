/// Tests of accounts, tokens and profiles.
@NullMarked
package io.hongbao.message.account;

import org.jspecify.annotations.NullMarked;
