// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "challenge/ssh_host.h"

#include <QByteArray>

namespace challenge {

/// Why a host could not be used, from what sftp and ssh wrote, told about "webrootHost": File where somebody has to do
/// something (an unknown or changed host key, a refused login), Unsupported where it has no sftp, Network where it may
/// be otherwise later.
base::Error sftpFailure(const SshHost& host, const QByteArray& output);

} // namespace challenge
