// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/window/accessibility_test.h"

namespace tst_accessible_accounts {

static int run(int argc, char** argv)
{
    return support::checkPages(argc, argv, support::accountPages());
}

static const support::TestProgram program(__FILE__, run);

} // namespace tst_accessible_accounts
