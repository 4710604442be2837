/// Accounts, tokens and user profiles.
@NullMarked
package io.hongbao.message.account;

import org.jspecify.annotations.NullMarked;
