// SPDX-License-Identifier: Apache-2.0
#include "ui/window/accessibility_test.h"

int main(int argc, char** argv)
{
    return support::checkPages(argc, argv, support::credentialPages());
}
