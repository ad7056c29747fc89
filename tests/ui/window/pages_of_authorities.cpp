// SPDX-License-Identifier: Apache-2.0
#include "ui/window/pages.h"

#include <QComboBox>
#include <QScrollArea>

namespace support {
namespace {

using namespace Qt::StringLiterals;

void list(WindowFixture& fixture)
{
    show(fixture, ui::ScreenId::Authorities);
}

/// What a button of the authority's detail opens.
std::function<void(WindowFixture&)> detail(const char* button)
{
    return [button](WindowFixture& fixture) {
        list(fixture);
        fixture.click(button);
    };
}

void askNewPlace(WindowFixture& fixture)
{
    detail("authorityRebind")(fixture);
    fixture.click("rebindAsk");
}

void beginAdding(WindowFixture& fixture)
{
    fixture.window().navigator().addAuthority();
    WindowFixture::settle();
}

void checkStepCa(WindowFixture& fixture)
{
    beginAdding(fixture);
    auto* preset = fixture.find<QComboBox>("authorityPreset");
    preset->setCurrentIndex(preset->findText(u"step-ca"_s));
    Q_EMIT preset->activated(preset->currentIndex());
    fixture.type("authorityDirectoryUrl", u"step.corp.example"_s);
    fixture.type("authorityRootFingerprint", u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s);
    fixture.click("authorityCheckButton");
}

void checkForever(WindowFixture& fixture)
{
    scene().neverAnswers += u"previewAuthority"_s;
    checkStepCa(fixture);
}

/// As somebody does who looks for it further down.
void scrollTo(QWidget* widget)
{
    QWidget* above = widget->parentWidget();
    while (above && !qobject_cast<QScrollArea*>(above))
        above = above->parentWidget();
    if (above)
        static_cast<QScrollArea*>(above)->ensureWidgetVisible(widget);
}

void readRules(WindowFixture& fixture)
{
    list(fixture);
    scrollTo(fixture.find("policyAllowed"));
}

Scene empty()
{
    return {};
}

Scene stopped()
{
    return stoppedScene(true);
}

Scene stoppedWithoutRoot()
{
    return stoppedScene(false);
}

} // namespace

QList<Page> authorityPages()
{
    return {
        {u"authorities"_s, list},
        {u"authorities-empty"_s, list, empty},
        {u"authorities-stopped"_s, list, stopped},
        {u"authorities-stopped-rootless"_s, list, stoppedWithoutRoot},
        {u"authorities-change"_s, detail("authorityChange")},
        {u"authorities-roots"_s, detail("authorityRoots"), rotationScene},
        {u"authorities-renamed"_s, askNewPlace, rotationScene},
        {u"issuance-policy"_s, readRules},
        {u"add-authority"_s, beginAdding},
        {u"add-authority-checked"_s, checkStepCa},
        {u"add-authority-running"_s, checkForever},
    };
}

} // namespace support
