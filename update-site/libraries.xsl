<?xml version="1.0" encoding="UTF-8"?>
<!--
  A library is installed from this site only where nothing else provides its packages.

  p2 takes the newest version that is offered of whatever a new bundle imports, and replaces an older one that is installed by
  it, although the older one would do: KNIME's own bundles would be wired to our Jackson. So what our bundles import from
  libraries is marked as not greedy, which installs nothing, and each of them asks for a "library" instead. Two units provide
  that: one is satisfied by what is there, the other brings the library of this site. p2 prefers the first, since it installs
  less, and falls back on the second.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:variable name="ours" select="'org.scaledimaging.'"/>
  <xsl:variable name="libraries"
      select="/repository/units/unit[artifacts/artifact/@classifier = 'osgi.bundle' and not(starts-with(@id, $ours))]"/>
  <xsl:variable name="bundles"
      select="/repository/units/unit[artifacts/artifact/@classifier = 'osgi.bundle' and starts-with(@id, $ours)]"/>
  <xsl:variable name="version" select="$bundles[@id = 'org.scaledimaging.engine']/@version"/>
  <xsl:variable name="of-libraries" select="$libraries/provides/provided[@namespace = 'java.package']"/>
  <xsl:variable name="imports"
      select="$bundles/requires/required[@namespace = 'java.package' and @name = $of-libraries/@name]"/>
  <xsl:variable name="used" select="$libraries[provides/provided[@namespace = 'java.package']/@name = $imports/@name]"/>

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
    </xsl:copy>
  </xsl:template>

  <!-- How many children there are: a hint that p2 can do without, and which would be wrong here. -->
  <xsl:template match="units/@size | requires/@size"/>

  <!-- What has no category is not for users to choose: libraries. -->
  <xsl:template match="unit[substring(@id, string-length(@id) - 7) = '.Default' and
      properties/property/@name = 'org.eclipse.equinox.p2.type.category']"/>

  <xsl:template match="units">
    <units>
      <xsl:apply-templates select="node()"/>
      <xsl:for-each select="$used">
        <xsl:call-template name="present"/>
        <xsl:call-template name="offered"/>
      </xsl:for-each>
    </units>
  </xsl:template>

  <!-- Tycho tells the packages of Java in another order with each build. -->
  <xsl:template match="provides">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:apply-templates select="provided">
        <xsl:sort select="@namespace"/>
        <xsl:sort select="@name"/>
        <xsl:sort select="@version"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="requires">
    <xsl:variable name="packages" select="required[@namespace = 'java.package']/@name"/>
    <requires>
      <xsl:apply-templates select="node()"/>
      <xsl:if test="../artifacts/artifact[@classifier = 'osgi.bundle'] and starts-with(../@id, $ours)">
        <xsl:for-each select="$used[provides/provided[@namespace = 'java.package']/@name = $packages]">
          <required namespace="{$ours}library" name="{@id}" range="[{$version},{$version}]"/>
        </xsl:for-each>
      </xsl:if>
    </requires>
  </xsl:template>

  <xsl:template match="required">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:if test="starts-with(../../@id, $ours) and @namespace = 'java.package' and @name = $of-libraries/@name">
        <xsl:attribute name="greedy">false</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates select="node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template name="present">
    <xsl:variable name="packages" select="provides/provided[@namespace = 'java.package']/@name"/>
    <unit id="{$ours}library.{@id}.present" version="{$version}" singleton="false">
      <provides>
        <provided namespace="org.eclipse.equinox.p2.iu" name="{$ours}library.{@id}.present" version="{$version}"/>
        <provided namespace="{$ours}library" name="{@id}" version="{$version}"/>
      </provides>
      <requires>
        <xsl:for-each select="$imports[@name = $packages]">
          <required namespace="java.package" name="{@name}" range="{@range}" greedy="false"/>
        </xsl:for-each>
      </requires>
      <touchpoint id="null" version="0.0.0"/>
    </unit>
  </xsl:template>

  <xsl:template name="offered">
    <unit id="{$ours}library.{@id}.offered" version="{$version}" singleton="false">
      <provides>
        <provided namespace="org.eclipse.equinox.p2.iu" name="{$ours}library.{@id}.offered" version="{$version}"/>
        <provided namespace="{$ours}library" name="{@id}" version="{$version}"/>
      </provides>
      <requires>
        <required namespace="osgi.bundle" name="{@id}" range="[{@version},{@version}]"/>
      </requires>
      <touchpoint id="null" version="0.0.0"/>
    </unit>
  </xsl:template>
</xsl:stylesheet>
