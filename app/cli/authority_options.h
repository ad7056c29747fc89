// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "lifecycle/authorities.h"
#include "lifecycle/root_change.h"

#include <optional>

/// What is entered about an authority on the command line.
namespace cli {

QList<Option> authorityAddOptions();
QList<Option> authorityUpdateOptions();

/// What the PEM file of `option` holds.
base::Result<QByteArray> pemOption(const Arguments& arguments, const QString& option);
/// A bare host is taken for a step-ca with its usual provisioner.
QString directoryUrlFrom(const QString& urlOrHost);
/// Puts what the options say, and what their files hold, into `details`; what they do not mention stays. Roots that
/// are told by a fingerprint are left to rootChange().
base::Result<void> applyAuthorityOptions(const Arguments& arguments, lifecycle::AuthorityDetails& details);
/// The root that `authority update` is to trust by its fingerprint, if any.
std::optional<lifecycle::RootChange> rootChange(const Arguments& arguments);
/// The same error in the words of the command line, with the option that mends it.
base::Error inCommandLineWords(base::Error error);

} // namespace cli
